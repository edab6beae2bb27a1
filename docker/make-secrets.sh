#!/bin/sh
# Makes every secret that docker/compose.yaml names, once: what is there keeps its value. Never committed. Run as root: each file
# belongs to the user of the one service that reads it, and only root can give a file away.
#   sudo docker/make-secrets.sh [FOLDER]      (default: docker/secrets; rootless Podman: podman unshare docker/make-secrets.sh)
set -eu
folder="${1:-$(dirname "$0")/secrets}"
umask 077
mkdir -p "$folder"
if [ -L "$folder" ] || [ "$(stat -c %u "$folder")" != "$(id -u)" ]; then
  echo "$folder thuộc người khác hoặc là liên kết, không ghi bí mật vào đó (somebody else's folder, or a link: no secret is written there)" >&2
  exit 2
fi
chmod 0700 "$folder"
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
keep rasoat_elastic_password "$(held elastic_password)"
keep celery_broker_url "redis://:$(held redis_password)@redis:6379/0"
keep s3_credentials "[default]
aws_access_key_id = $(held minio_root_user)
aws_secret_access_key = $(held minio_root_password)
"
# A certificate of one's own for the pages until the office puts its own there (both files, PEM); browsers warn of it.
if ! [ -s "$folder/tls_certificate" ] || ! [ -s "$folder/tls_key" ]; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 365 -subj "/CN=rasoat" \
    -addext "subjectAltName=DNS:localhost,IP:127.0.0.1" -keyout "$folder/tls_key" -out "$folder/tls_certificate" 2>/dev/null
fi
# Compose mounts each file as it is, with its owner and mode: 0400 for the `user:` of its service (Elasticsearch starts with 400 or 600
# only). The folder is root's alone, so an account of this machine that happens to have such a number does not get to them.
chmod 0400 "$folder"/*
if [ "$(id -u)" != 0 ]; then
  echo "Bí mật đã có trong $folder nhưng các dịch vụ chưa đọc được: chạy lại bằng root (made, but no service can read them: run again as root)" >&2
  exit 3
fi
for one in "$folder"/*; do
  case "${one##*/}" in
    postgres_* | redis_password) chown 999:999 "$one" ;;
    tls_*) chown 101:101 "$one" ;;
    elastic_password | minio_*) chown 1000:1000 "$one" ;;
    *) chown 50000:50000 "$one" ;;
  esac
done
echo "Đã có đủ bí mật trong $folder (all secrets are there)"
