namespace PluginHost.Torch.Loading;

/// <summary>Compares what one library takes with what others give, without loading any.</summary>
internal static class ExportedSymbols
{
    /// <summary>
    /// C++ functions of PyTorch (namespaces at, c10 and torch) that <paramref name="library"/> takes and no giver exports, in order.
    /// </summary>
    internal static IReadOnlyList<string> Lacking(string library, IEnumerable<string> givers)
    {
        var taker = new ElfImage(File.ReadAllBytes(library));
        var wanted = taker.Undefined.Where(symbol => !taker.IsWeak(symbol)).Select(taker.NameOf).Where(IsOfPyTorch)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var giver in givers)
        {
            var given = new ElfImage(File.ReadAllBytes(giver));
            wanted.ExceptWith(given.Exported.Select(given.NameOf));
        }

        return [.. wanted.Order(StringComparer.Ordinal)];
    }

    private static bool IsOfPyTorch(string name) => name.StartsWith("_Z", StringComparison.Ordinal)
        && (name.Contains("2at", StringComparison.Ordinal) || name.Contains("3c10", StringComparison.Ordinal)
            || name.Contains("5torch", StringComparison.Ordinal));
}
