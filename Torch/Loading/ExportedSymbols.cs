namespace PluginHost.Torch.Loading;

/// <summary>Compares what one library takes with what others give, without loading any.</summary>
internal static class ExportedSymbols
{
    /// <summary>
    /// C++ functions of PyTorch (namespaces at, c10 and torch) that <paramref name="library"/> takes and no giver exports, in order.
    /// </summary>
    internal static IReadOnlyList<string> Lacking(string library, IEnumerable<string> givers)
    {
        var wanted = ElfImage.Read(library, static image => image.Undefined.Where(symbol => !image.IsWeak(symbol)).Select(image.NameOf)
            .Where(IsOfPyTorch).ToHashSet(StringComparer.Ordinal));
        foreach (var giver in givers)
            wanted.ExceptWith(ElfImage.Read(giver, static image => image.Exported.Select(image.NameOf).ToList()));

        return [.. wanted.Order(StringComparer.Ordinal)];
    }

    private static bool IsOfPyTorch(string name) => name.StartsWith("_Z", StringComparison.Ordinal)
        && (name.Contains("2at", StringComparison.Ordinal) || name.Contains("3c10", StringComparison.Ordinal)
            || name.Contains("5torch", StringComparison.Ordinal));
}
