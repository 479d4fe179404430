"""What is made of an audit's file: a summary, an HTML report, SQLite, Parquet, CSV, and how two of them differ."""
