"""No module of the engine or its bench needs itself, not even for the names of types."""

from graphlib import TopologicalSorter

import grimp
import pytest


@pytest.mark.parametrize("package", ["scancheck", "bench.scancheck"])
def test_imports_go_one_way(package):
    graph = grimp.build_graph(package, exclude_type_checking_imports=False, cache_dir=None)
    imports = {each: graph.find_modules_directly_imported_by(each) for each in graph.modules}
    assert len(imports) > 10
    assert sum(map(len, imports.values())) > 20
    TopologicalSorter(imports).prepare()
