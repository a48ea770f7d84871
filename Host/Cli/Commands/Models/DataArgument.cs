using PluginHost.Host.Foundation.Documents;
using PluginHost.Host.Models;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Cli.Commands.Models;

/// <summary>Turns the data named on a command line into a data source, by what the plugins' formats say the file holds.</summary>
/// <param name="formats">Who knows what a file holds.</param>
internal sealed class DataArgument(InputFormats formats)
{
    /// <summary>The source.</summary>
    /// <param name="file">The file or folder, or null when <c>--data</c> says it all.</param>
    /// <param name="settings"><c>key=value</c>, which come last and so win.</param>
    /// <exception cref="UsageException">Nothing is named, or a setting is malformed.</exception>
    public ComponentSpec Read(string? file, IReadOnlyList<string> settings)
    {
        if (file is null && settings.Count == 0)
            throw new UsageException("Name the data: a FASTA file, a CSV or TSV table, or --data use=NAME with its options.");
        if (file == "-") file = DataFile.StandardInput;
        if (file is not null && !Path.Exists(file)) throw new DataException($"{file} does not exist.");
        var map = new MapNode(new Place("--data", 0, ""), []);
        foreach (var (key, value) in file is null ? [] : Source(file, settings)) map.Set(key, value);
        foreach (var setting in settings)
        {
            var equals = setting.IndexOf('=');
            if (equals < 1) throw new UsageException($"--data {setting}: write key=value, for example --data window=510.");
            map.Set(setting[..equals], YamlDocument.ParseArgument("--data", setting[(equals + 1)..], setting[..equals]));
        }
        return SpecNodes.Read(map);
    }

    private IEnumerable<(string Key, Node Value)> Source(string file, IReadOnlyList<string> settings)
    {
        Node Written(object? value) => Node.From(value, new Place("", 0, file));
        if (settings.Any(s => s.StartsWith($"{SpecNodes.Use}=", StringComparison.Ordinal))) return [("path", Written(file))];
        var source = formats.Read(file, file, " Name its source with --data use=NAME.").Source;
        return [(SpecNodes.Use, Written(source.Use)), .. source.With.Select(option => (option.Key, Written(option.Value)))];
    }
}
