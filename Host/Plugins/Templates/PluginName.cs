using System.Reflection;
using System.Text.RegularExpressions;

namespace PluginHost.Host.Plugins.Templates;

/// <summary>What a plugin may be called: its folder, its DLL and its namespace have the name.</summary>
public static partial class PluginName
{
    private const int Longest = 64;

    /// <summary>What a file of a new project sees without a <c>using</c> line: a namespace of such a name would hide the type.</summary>
    private static readonly string[] seen =
    [
        "PluginHost", "PluginHost.PluginKit", "TorchSharp.Modules", "Xunit", "System", "System.Collections.Generic",
            "System.ComponentModel",
        "System.ComponentModel.DataAnnotations", "System.Globalization", "System.IO", "System.Linq", "System.Net.Http", "System.Threading",
        "System.Threading.Tasks",
    ];

    private static readonly string[] namespaces = ["PluginHost", "TorchSharp", "System", "Microsoft", "Xunit"];

    /// <summary>Refuses a name that would not build, or that another plugin has.</summary>
    /// <param name="name">As the user wrote it.</param>
    /// <param name="others">Names of plugins that the host finds.</param>
    /// <exception cref="UsageException">Says what is wrong.</exception>
    public static void Check(string name, IEnumerable<string> others)
    {
        if (!Form().IsMatch(name) || name.Length > Longest)
            throw new UsageException($"'{name}' cannot name a plugin: a name is a C# identifier of at most {Longest} letters, digits and "
                + "underscores that begins with a capital letter, such as CodonTokenizer.");
        if (namespaces.Contains(name) || Hides(name) is not null)
            throw new UsageException($"'{name}' cannot name a plugin: its code could not use {Hides(name) ?? $"the namespace {name}"}, "
                + $"which has that name too. Choose another, such as {name}Plugin.");
        if (others.FirstOrDefault(other => string.Equals(other, name, StringComparison.OrdinalIgnoreCase)) is { } other)
            throw new UsageException($"'{name}' cannot name a plugin: this host has a plugin {other}. Choose another, such as My{name}.");
    }

    /// <summary>The name that components get: <c>codon-tokenizer</c> of <c>CodonTokenizer</c>, as <c>dotnet new</c> makes it.</summary>
    public static string Component(string name) =>
        string.Join('-', Words().Matches(name).Select(word => word.Value)).ToLowerInvariant();

    private static string? Hides(string name) => Libraries().SelectMany(library => seen.Select(space => library.GetType($"{space}.{name}")))
        .FirstOrDefault(type => type is { IsPublic: true })?.FullName;

    private static Assembly[] Libraries() =>
    [
        typeof(IPlugin).Assembly, typeof(PluginKit.Workbench).Assembly, typeof(TorchSharp.Modules.Parameter).Assembly,
            typeof(object).Assembly,
        typeof(Enumerable).Assembly, typeof(List<>).Assembly, typeof(SortedSet<>).Assembly,
            typeof(System.ComponentModel.DescriptionAttribute).Assembly,
        typeof(System.ComponentModel.DataAnnotations.RangeAttribute).Assembly, typeof(HttpClient).Assembly,
    ];

    [GeneratedRegex("^[A-Z][A-Za-z0-9_]*$")]
    private static partial Regex Form();

    [GeneratedRegex("[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")]
    private static partial Regex Words();
}
