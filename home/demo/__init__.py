"""Demo content: a small true-looking site with obviously invented people. Loaded by `manage.py load_demo`."""
