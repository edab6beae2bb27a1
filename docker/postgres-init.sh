#!/bin/sh
# Run once by the PostgreSQL image on an empty volume: one database and one owner for Airflow, one for our store.
set -eu
make() {
  psql -v ON_ERROR_STOP=1 -v name="$1" -v secret="$(cat "$2")" --username "${POSTGRES_USER:-postgres}" --dbname "${POSTGRES_DB:-postgres}" <<'SQL'
CREATE ROLE :"name" LOGIN PASSWORD :'secret';
CREATE DATABASE :"name" OWNER :"name" ENCODING 'UTF8' TEMPLATE template0;
SQL
}
make rasoat "$RASOAT_PASSWORD_FILE"
make airflow "$AIRFLOW_PASSWORD_FILE"
