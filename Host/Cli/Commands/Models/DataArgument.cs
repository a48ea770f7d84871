using PluginHost.Host.BuiltIns.Sources;
using PluginHost.Host.Foundation.Documents;

namespace PluginHost.Host.Cli.Commands.Models;

/// <summary>Turns the data named on a command line into a data source, by what the file holds.</summary>
internal static class DataArgument
{
    /// <summary>The source.</summary>
    /// <param name="file">The file or folder, or null when <c>--data</c> says it all.</param>
    /// <param name="settings"><c>key=value</c>, which come last and so win.</param>
    /// <exception cref="UsageException">Nothing is named, or a setting is malformed.</exception>
    public static ComponentSpec Read(string? file, IReadOnlyList<string> settings)
    {
        if (file is null && settings.Count == 0)
            throw new UsageException("Name the data: a FASTA file, a CSV or TSV table, or --data use=NAME with its options.");
        if (file is not null && !Path.Exists(file)) throw new DataException($"{file} does not exist.");
        var map = new MapNode(new Place("--data", 0, ""), []);
        foreach (var (key, value) in file is null ? [] : Source(file, settings)) map.Set(key, new ScalarNode(new Place("", 0, file!), value, Quoted: true));
        foreach (var setting in settings)
        {
            var equals = setting.IndexOf('=');
            if (equals < 1) throw new UsageException($"--data {setting}: write key=value, for example --data window=510.");
            map.Set(setting[..equals], YamlDocument.ParseArgument("--data", setting[(equals + 1)..], setting[..equals]));
        }
        return SpecNodes.Read(map);
    }

    private static IEnumerable<(string Key, string Value)> Source(string file, IReadOnlyList<string> settings)
    {
        if (settings.Any(s => s.StartsWith($"{SpecNodes.Use}=", StringComparison.Ordinal))) return [("path", file)];
        var guess = InputKind.Guess(file);
        return [(SpecNodes.Use, guess.Use), .. guess.With.Select(option => (option.Key, (string)option.Value!))];
    }
}
