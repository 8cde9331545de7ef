"""What is public (Business, Product), what is not (BusinessRecord, Material), and what the catalogue reads."""

from .business import Business, Certificate
from .catalogue import CatalogueEntry, DailyInterest, FormerAddress
from .index_page import GalleryIndexPage
from .product import Product, ProductPhoto
from .record import BusinessRecord, Correction, Material
from .update import OwnerUpdate, ProductChange
from .verification import CheckMark, VerificationTask

__all__ = [
    "Business",
    "BusinessRecord",
    "CatalogueEntry",
    "Certificate",
    "CheckMark",
    "Correction",
    "DailyInterest",
    "FormerAddress",
    "GalleryIndexPage",
    "Material",
    "OwnerUpdate",
    "Product",
    "ProductChange",
    "ProductPhoto",
    "VerificationTask",
]
