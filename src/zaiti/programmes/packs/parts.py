"""What every piece of a policy pack has: where it comes from, and whether it is a sample."""

from typing import Self

from pydantic import BaseModel, ConfigDict, StrictBool, field_validator, model_validator

from zaiti.programmes.packs.values import Source


class Part(BaseModel):
    """A piece of a block; it comes from where its block comes from."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Block(Part):
    """A piece that says where it comes from: notice, law, a document by name, our default (D), sample."""

    source: Source | None = None
    sample: StrictBool = False
    defaults: tuple[str, ...] = ()

    @field_validator("defaults")
    @classmethod
    def _name_fields(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        unknown = [name for name in names if name not in cls.model_fields]
        if unknown:
            raise ValueError(f"defaults 里的“{unknown[0]}”不是本段的字段，请改正或删去。")
        return names

    @model_validator(mode="after")
    def _say_where_from(self) -> Self:
        if (self.source is None) is not self.sample:
            raise ValueError(
                "请写明出处：source 填 N1、N2、L、D 或文件名称；若是样例，只写 sample: true。二者取一。"
            )
        return self

    def source_of(self, field: str) -> str:
        """Where one field comes from: N1, N2, L, D or "sample"."""
        return "D" if field in self.defaults else (self.source or "sample")
