from rest_framework import serializers

from clinic.calendar import age_on
from clinic.models import Patient
from clinic.words import to_e164

GREATEST_AGE = 130


class AgeField(serializers.IntegerField):
    """Shown: completed years today. Given: kept as `age` for the service to make a birthday of."""

    def to_representation(self, patient: Patient) -> int:
        return age_on(self.context["today"], patient.born_on)

    def to_internal_value(self, data) -> dict:
        return {"age": None if data is None else super().to_internal_value(data)}


class BirthdayField(serializers.DateField):
    """Shown only when it is known to the day."""

    def to_representation(self, patient: Patient) -> str | None:
        return patient.born_on.isoformat() if patient.dob_precision == "day" else None

    def to_internal_value(self, data) -> dict:
        return {"date_of_birth": None if data is None else super().to_internal_value(data)}


class PatientSerializer(serializers.ModelSerializer):
    age = AgeField(source="*", required=False, allow_null=True)
    date_of_birth = BirthdayField(source="*", required=False, allow_null=True)
    phone = serializers.CharField(required=False, allow_null=True)

    class Meta:
        model = Patient
        fields = [
            "id", "number", "version", "name", "sex", "age", "date_of_birth", "dob_precision", "phone",
            "phone_relation", "guardian_name", "email", "address", "city", "pincode", "household_id", "created_at",
            "updated_at", "archived_at",
        ]  # fmt: skip
        read_only_fields = [
            "id", "number", "version", "dob_precision", "household_id", "created_at", "updated_at", "archived_at",
        ]  # fmt: skip

    def validate_phone(self, value: str | None) -> str | None:
        if value is None:
            return None
        phone = to_e164(value)
        if phone is None:
            raise serializers.ValidationError(
                "Enter a ten-digit mobile number, or one of another country with its +.", "invalid"
            )
        return phone

    def validate(self, attrs: dict) -> dict:
        age, birthday = attrs.get("age"), attrs.get("date_of_birth")
        mentioned = "age" in attrs or "date_of_birth" in attrs
        if age is None and birthday is None and (mentioned or not self.partial):
            raise serializers.ValidationError({"age": "Give an age or a date of birth."}, "required")
        if age is not None and birthday is not None:
            raise serializers.ValidationError({"date_of_birth": "Give an age or a date of birth. Not both."}, "invalid")
        if age is not None and not 0 <= age <= GREATEST_AGE:
            raise serializers.ValidationError({"age": "Ensure this value is between 0 and 130."}, "invalid")
        if birthday is not None and not 0 <= age_on(self.context["today"], birthday) <= GREATEST_AGE:
            raise serializers.ValidationError({"date_of_birth": "The date of birth is out of range."}, "invalid")
        return attrs
