"""Plans as tables of typed values, which spreadsheets and files of data are written from."""
