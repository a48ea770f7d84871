using System.Reflection;
using System.Text.Json;

namespace PluginHost.Host.Plugins.Templates;

/// <summary>
/// The project that a new plugin begins as: the content of the package PluginHost.Templates, which the host carries. What belongs to
/// which kind stands in its <c>template.json</c>, for <c>dotnet new</c> and for this alike.
/// </summary>
public sealed class PluginTemplate
{
    private const string Prefix = "templates/";
    private const string Description = ".template.config/template.json";
    private readonly Dictionary<string, string> files;
    private readonly List<(TemplateCondition When, HashSet<string> Files)> exclusions = [];

    private PluginTemplate(Dictionary<string, string> files)
    {
        this.files = files;
        files.Remove(Description, out var description);
        using var json = JsonDocument.Parse(description!);
        Kinds = [.. json.RootElement.GetProperty("symbols").GetProperty("kind").GetProperty("choices").EnumerateArray()
            .Select(choice => choice.GetProperty("choice").GetString()!)];
        foreach (var modifier in json.RootElement.GetProperty("sources")[0].GetProperty("modifiers").EnumerateArray())
            exclusions.Add((TemplateCondition.Parse(modifier.GetProperty("condition").GetString()!),
                [.. modifier.GetProperty("exclude").EnumerateArray().Select(file => file.GetString()!)]));
    }

    /// <summary>What a plugin may offer: <c>source</c>, <c>tokenizer</c>, ...</summary>
    public IReadOnlyList<string> Kinds { get; }

    /// <summary>The one in this assembly.</summary>
    public static PluginTemplate Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return new(assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(name => name[Prefix.Length..], name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return reader.ReadToEnd();
            }));
    }

    /// <summary>The files of a new plugin by their paths in its folder.</summary>
    /// <param name="name">A name that <see cref="PluginName.Check"/> allows.</param>
    /// <param name="kinds">Of <see cref="Kinds"/>.</param>
    /// <param name="host">Full path of the host's folder.</param>
    public IReadOnlyDictionary<string, string> Instantiate(string name, IReadOnlyCollection<string> kinds, string host)
    {
        var words = new TemplateWords(name, host);
        return files.Where(file => !exclusions.Any(e => e.When.Holds(kinds) && e.Files.Contains(file.Key)))
            .OrderBy(file => file.Key, StringComparer.Ordinal)
            .ToDictionary(file => words.In(file.Key), file => words.In(file.Key, TemplateCondition.Filter(file.Value, kinds)));
    }
}
