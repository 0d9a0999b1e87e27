from django.urls import path

from clinic.kits import KitViewSet
from clinic.views import PatientViewSet

urlpatterns = [
    path("api/v1/kits", KitViewSet.as_view({"get": "list"})),
    path("api/v1/patients", PatientViewSet.as_view({"get": "list", "post": "create"})),
    path("api/v1/patients.csv", PatientViewSet.as_view({"get": "export"})),
    path("api/v1/patients/<uuid:pk>", PatientViewSet.as_view({"get": "retrieve", "patch": "partial_update"})),
]
