"""The shape and wording of what people type about volunteering."""
