from django.urls import include, path
from gadgets import views
from gadgets.many import Router

router = Router(trailing_slash=False)
router.register("gadgets", views.GadgetViewSet, "gadget")
router.register("linked", views.LinkedGadgetViewSet, "linked")
router.register("numbered", views.NumberedGadgetViewSet, "numbered")
router.register("offset", views.OffsetGadgetViewSet, "offset")
router.register("sparse", views.SparseGadgetViewSet, "sparse")
router.register("purchases", views.PurchaseViewSet, "purchase")
router.register("kits", views.KitViewSet, "kit")
router.register("tasks", views.TaskViewSet, "task")

urlpatterns = [
    path("api/v1/auth/token", views.SignIn.as_view()),
    path("api/v1/", include(router.urls)),
]
handler404 = "gadgets.errors.nothing_here"
