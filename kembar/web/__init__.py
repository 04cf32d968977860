"""The base page, form parts, lists with filters, design tokens: nothing about cooperation."""
