"""Views: `public` for form pages, `track` for the status page, `cms` for officers."""
