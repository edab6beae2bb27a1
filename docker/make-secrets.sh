#!/bin/sh
# Makes every secret that docker/compose.yaml names, once: files that are there are left as they are. Never committed.
#   docker/make-secrets.sh [FOLDER]      (default: docker/secrets)
set -eu
folder="${1:-$(dirname "$0")/secrets}"
mkdir -p "$folder"
umask 077
word() { head -c 48 /dev/urandom | base64 | tr -dc 'A-Za-z0-9' | head -c 32; }
keep() { [ -s "$folder/$1" ] || printf '%s' "$2" >"$folder/$1"; }
held() { cat "$folder/$1"; }
for one in postgres_password postgres_rasoat_password postgres_airflow_password redis_password elastic_password minio_root_password airflow_api_secret; do
  keep "$one" "$(word)"
done
keep minio_root_user rasoat
keep airflow_fernet_key "$(head -c 32 /dev/urandom | base64 | tr '+/' '-_')"
keep airflow_users "{\"vanhanh\": \"$(word)\", \"xem\": \"$(word)\"}"
keep airflow_database_url "postgresql+psycopg://airflow:$(held postgres_airflow_password)@postgres:5432/airflow"
keep airflow_database_url_async "postgresql+psycopg_async://airflow:$(held postgres_airflow_password)@postgres:5432/airflow"
keep rasoat_database_url "postgresql+psycopg://rasoat:$(held postgres_rasoat_password)@postgres:5432/rasoat"
keep celery_broker_url "redis://:$(held redis_password)@redis:6379/0"
keep s3_credentials "[default]
aws_access_key_id = $(held minio_root_user)
aws_secret_access_key = $(held minio_root_password)
"
# Compose mounts these files as they are: the containers' users must be able to read them, other people of this machine not.
chmod 0711 "$folder"
chmod 0444 "$folder"/*
echo "Đã có đủ bí mật trong $folder (all secrets are there)"
