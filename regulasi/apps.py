from django.apps import AppConfig


class RegulasiConfig(AppConfig):
    name = "regulasi"
