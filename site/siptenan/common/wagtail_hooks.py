"""Registers with Wagtail what this room offers to the CMS, and does nothing else."""

from wagtail_modeladmin.options import modeladmin_register

from siptenan.common.reference_admin import ReferenceGroup

modeladmin_register(ReferenceGroup)
