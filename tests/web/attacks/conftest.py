"""What attacks on the addresses of programs are made at."""

from tests.web.data_out import conftest as data_out

hostile_home, hostile, open_data = data_out.hostile_home, data_out.hostile, data_out.open_data
