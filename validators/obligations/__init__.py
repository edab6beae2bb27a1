"""What each unit must make public, on which channel, since when and by when; derived from decisions and the catalogue.

register = AnnouncementRegister(announcements, catalogue, as_of)
duties = Duties(register, units, receptions).of("lai-chau/xa-than-uyen")
"""

from validators.obligations.announced import AnnouncementRegister, Listed, Standing
from validators.obligations.duties import Basis, Duties, Duty

__all__ = ["AnnouncementRegister", "Basis", "Duties", "Duty", "Listed", "Standing"]
