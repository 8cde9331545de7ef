from wagtail import hooks

from siptenan.accounts import gates, guards

hooks.register("before_bulk_action", guards.refuse_bulk_on_staff)
hooks.register("construct_main_menu", gates.hide_closed_items)
hooks.register("construct_reports_menu", gates.hide_closed_items)
hooks.register("construct_settings_menu", gates.hide_closed_items)
hooks.register("register_account_menu_item", guards.security_menu_item)
