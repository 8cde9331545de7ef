from django.apps import AppConfig


class RegulasiConfig(AppConfig):
    name = "regulasi"
    verbose_name = "Regulasi"
