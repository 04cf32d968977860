"""Every write of the legal road."""

from kembar.procedure.actions.templates import TemplateRefused, adopt, bring_in

__all__ = ["TemplateRefused", "adopt", "bring_in"]
