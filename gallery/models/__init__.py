"""What is public (Business, Product), what is not (BusinessRecord, Material), and what the catalogue reads."""

from .business import Business, Certificate
from .catalogue import CatalogueEntry, DailyInterest, FormerAddress, ShownImage
from .index_page import GalleryIndexPage
from .link import IkmLink
from .product import Product, ProductPhoto
from .quarter import QuarterlyReport, TotalsSnapshot
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
    "IkmLink",
    "Material",
    "OwnerUpdate",
    "Product",
    "ProductChange",
    "ProductPhoto",
    "QuarterlyReport",
    "ShownImage",
    "TotalsSnapshot",
    "VerificationTask",
]
