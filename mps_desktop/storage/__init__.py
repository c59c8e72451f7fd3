"""The encrypted dossier: keys, database, transactions, repositories, migrations."""
