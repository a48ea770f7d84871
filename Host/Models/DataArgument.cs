using PluginHost.Host.Foundation.Documents;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Models;

/// <summary>One of the files named on a command line.</summary>
/// <param name="File">As it was named; null where options alone say what is read.</param>
/// <param name="Source">What reads it.</param>
public sealed record NamedData(string? File, ComponentSpec Source);

/// <summary>Turns the data named on a command line into data sources, by what the plugins' formats say the files hold.</summary>
/// <param name="formats">Who knows what a file holds.</param>
public sealed class DataArgument(InputFormats formats)
{
    /// <summary>The sources, one for each file.</summary>
    /// <param name="files">Files, folders or patterns; none when <c>--data</c> says it all.</param>
    /// <param name="settings"><c>key=value</c>, which come last and so win; the same for all files.</param>
    /// <param name="resolve">Finds a relative path.</param>
    /// <exception cref="UsageException">Nothing is named, or a setting is malformed.</exception>
    public IReadOnlyList<NamedData> Read(IReadOnlyList<string> files, IReadOnlyList<string> settings, Func<string, string> resolve)
    {
        if (files.Count == 0 && settings.Count == 0)
            throw new UsageException("Name the data: a FASTA file, a CSV or TSV table, or --data use=NAME with its options.");
        return files.Count == 0 ? [new(null, Source(null, settings))]
            : [.. files.SelectMany(f => Expand(f, resolve)).Distinct(StringComparer.Ordinal)
                .Select(f => new NamedData(f, Source(f, settings)))];
    }

    /// <summary>The files that a name stands for, written as the user wrote it.</summary>
    private static IEnumerable<string> Expand(string file, Func<string, string> resolve)
    {
        var path = resolve(file);
        if (Path.Exists(path)) return [path == Path.GetFullPath(file) ? file : path];
        if (!file.AsSpan().ContainsAny('*', '?')) throw new DataException($"{file} does not exist.");
        return PathPatterns.Expand([file], resolve).Select(DataFile.Show);
    }

    private ComponentSpec Source(string? file, IReadOnlyList<string> settings)
    {
        var map = new MapNode(new Place("--data", 0, ""), []);
        foreach (var (key, value) in file is null ? [] : Named(file, settings)) map.Set(key, value);
        foreach (var setting in settings)
        {
            var equals = setting.IndexOf('=');
            if (equals < 1) throw new UsageException($"--data {setting}: write key=value, for example --data how=tiles.");
            map.Set(setting[..equals], YamlDocument.ParseArgument("--data", setting[(equals + 1)..], setting[..equals]));
        }
        return SpecNodes.Read(map);
    }

    private IEnumerable<(string Key, Node Value)> Named(string file, IReadOnlyList<string> settings)
    {
        Node Written(object? value) => Node.From(value, new Place("", 0, file));
        if (settings.Any(s => s.StartsWith($"{SpecNodes.Use}=", StringComparison.Ordinal))) return [("path", Written(file))];
        var source = formats.Read(file, file, " Name its source with --data use=NAME.").Source;
        return [(SpecNodes.Use, Written(source.Use)), .. source.With.Select(option => (option.Key, Written(option.Value)))];
    }
}
