"""Registers with Wagtail what this room offers to the CMS, and does nothing else."""

from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from siptenan.common.document_access import refuse_signed_in
from siptenan.common.reference_admin import ReferenceGroup

hooks.register("before_serve_document", refuse_signed_in, order=-1)  # before Wagtail's own
modeladmin_register(ReferenceGroup)
