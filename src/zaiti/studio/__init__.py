"""Years in the making (年度编制): a pack that officials write in pages, until another person opens it."""
