"""The heads of files that hold data: CSV, JSON and Parquet tables, tar and zip archives."""
