"""When each step runs: Airflow DAGs made from the sources' declarations. Wiring only; what a step does is in `pipeline.steps`."""
