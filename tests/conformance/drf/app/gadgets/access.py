from rest_framework.permissions import SAFE_METHODS, BasePermission, DjangoModelPermissions


class ModelPermissions(DjangoModelPermissions):
    """With the right to look, which Django REST Framework leaves to everybody who is signed in."""

    perms_map = {
        **DjangoModelPermissions.perms_map,
        "GET": ["%(app_label)s.view_%(model_name)s"],
        "HEAD": ["%(app_label)s.view_%(model_name)s"],
    }


class MayChange(BasePermission):
    def has_permission(self, request, view) -> bool:
        return request.user.has_perm("gadgets.change_gadget")


class MayRestock(BasePermission):
    def has_permission(self, request, view) -> bool:
        return request.user.has_perm("gadgets.restock_gadget")


class MayStep(BasePermission):
    """The permission that is named as the step is. A method that a step does not have is for the router to refuse."""

    def has_permission(self, request, view) -> bool:
        return view.action is None or request.user.has_perm(f"gadgets.{view.action}_purchase")


class IsSignedIn(BasePermission):
    def has_permission(self, request, view) -> bool:
        return request.user.is_authenticated


class HoldsPermission(BasePermission):
    """The permission of the action, whatever the object."""

    def has_permission(self, request, view) -> bool:
        action = {"POST": "add", "PUT": "change", "PATCH": "change"}.get(request.method, "view")
        return request.user.has_perm(f"gadgets.{action}_task")

    def has_object_permission(self, request, view, task) -> bool:
        return self.has_permission(request, view)


class IsOwner(BasePermission):
    """For what exists: nobody owns what is about to be made."""

    def has_permission(self, request, view) -> bool:
        return request.method != "POST"

    def has_object_permission(self, request, view, task) -> bool:
        return task.owner_id == request.user.id


class IsOpenToChange(BasePermission):
    def has_object_permission(self, request, view, task) -> bool:
        return request.method in SAFE_METHODS or task.status != "done"
