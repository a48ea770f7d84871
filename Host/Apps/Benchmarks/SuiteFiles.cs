using System.Text.Json;
using PluginHost.Host.Records;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Apps.Benchmarks;

/// <summary>Reads the suites that lie beside the host, and those of folders a user names.</summary>
public static class SuiteFiles
{
    /// <summary>The suite without a file: every data set that is found.</summary>
    public const string Folder = "folder";

    /// <summary>Where the host keeps its own.</summary>
    public static string Own => Path.Combine(AppContext.BaseDirectory, "suites");

    /// <summary>Names of all suites.</summary>
    public static IReadOnlyList<string> Names => [.. Files().Select(f => Path.GetFileNameWithoutExtension(f)), Folder];

    /// <summary>Reads a suite.</summary>
    /// <param name="nameOrFile">A name, or a .json file of a user's own.</param>
    /// <exception cref="UsageException">There is no such suite.</exception>
    /// <exception cref="DataException">Its file is malformed.</exception>
    public static Suite Read(string nameOrFile)
    {
        if (nameOrFile == Folder) return new Suite { Name = Folder, Title = "Every data set of a folder" };
        var file = nameOrFile.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && File.Exists(nameOrFile) ? nameOrFile
            : Files().FirstOrDefault(f => Path.GetFileNameWithoutExtension(f) == nameOrFile)
            ?? throw new UsageException($"There is no suite '{nameOrFile}'; there are: "
                + $"{string.Join(", ", Names)}{Nearest.Hint(nameOrFile, Names)}. A .json file of your own may be named too "
                + "(docs/benchmark-suites.md).");
        try
        {
            var suite = JsonSerializer.Deserialize<Suite>(SmallFile.ReadBytes(file, TextLimits.Settings, "a suite"), reading)!;
            if (suite.DataSets.GroupBy(d => d.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
                throw new DataException($"{file}: the data set '{twice.Key}' is there twice; give each its own name.");
            var names = suite.DataSets.Select(d => d.Name).ToHashSet();
            foreach (var model in suite.Published)
                if (model.Figures.Keys.FirstOrDefault(k => !names.Contains(k)) is { } unknown)
                    throw new DataException($"{file}: '{model.Model}' has a figure for '{unknown}', which is none of the data "
                        + $"sets{Nearest.Hint(unknown, names)}.");
            return suite;
        }
        catch (JsonException failure)
        {
            throw new DataException($"{file} is no description of a suite: {failure.Message} docs/benchmark-suites.md shows one.", failure);
        }
    }

    private static readonly JsonSerializerOptions reading = new(Json.Indented)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    private static IEnumerable<string> Files() => Directory.Exists(Own)
        ? Directory.EnumerateFiles(Own, "*.json").Order(StringComparer.Ordinal) : [];
}
