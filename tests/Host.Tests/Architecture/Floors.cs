using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace PluginHost.Host.Tests.Architecture;

/// <summary>
/// The host's floors, lowest first, and the arrows between them. Floors of one line stand side by side: neither knows the other.
/// </summary>
internal static class Floors
{
    private const string Root = "PluginHost.Host.";

    public static readonly IReadOnlyList<IReadOnlyList<string>> All =
        [["Foundation"], ["Records"], ["Plugins"], ["Pipelines"], ["Batches"], ["Models"], ["Training", "Scoring"], ["Stages"], ["Apps"],
            ["Cli"]];

    /// <summary>Arrows of compiled code that go to a floor above, or to the one beside.</summary>
    public static IReadOnlyList<string> Forbidden(params System.Reflection.Assembly[] assemblies)
    {
        var architecture = new ArchLoader().LoadAssemblies(assemblies).Build();
        return [.. architecture.Types
            .SelectMany(type => type.Dependencies.Select(d => (From: (IType)type, To: d.Target)))
            .Where(arrow => IsForbidden(arrow.From.FullName, arrow.To.FullName))
            .Select(arrow => $"{arrow.From.FullName} -> {arrow.To.FullName}").Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>Whether a type may not know another.</summary>
    public static bool IsForbidden(string from, string to) =>
        FloorOf(from) is { } lower && FloorOf(to) is { } higher && lower != higher && Height(higher) >= Height(lower);

    /// <summary>The floor a type or namespace is on; null for what is outside of the host or on no floor.</summary>
    public static string? FloorOf(string name)
    {
        if (!name.StartsWith(Root, StringComparison.Ordinal)) return null;
        var floor = name[Root.Length..].Split('.', '/', '+')[0];
        return All.Any(level => level.Contains(floor)) ? floor : null;
    }

    private static int Height(string floor) => Enumerable.Range(0, All.Count).First(i => All[i].Contains(floor));
}
