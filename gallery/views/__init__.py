"""What the Gallery IKM answers: public pages, and screens of the CMS."""
