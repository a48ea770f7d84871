using System.Text.RegularExpressions;
using PluginHost.Host.Pipelines;

namespace PluginHost.Host.Apps.Benchmarks;

/// <summary>A model of a benchmark.</summary>
/// <param name="Name">In tables and folders.</param>
/// <param name="Pipeline">Full path of the pipeline that trains it.</param>
/// <param name="Folder">Full path of the trained model it starts from; null for what the pipeline itself makes.</param>
public sealed partial record BenchmarkModel(string Name, string Pipeline, string? Folder)
{
    /// <summary>Reads <c>--model</c>: <c>[NAME=]FILE</c> or <c>[NAME=]FOLDER</c>.</summary>
    /// <param name="given">As written.</param>
    /// <param name="recipe">The pipeline for model folders, or null.</param>
    /// <exception cref="UsageException">A file is missing, a folder has no recipe, or two models have one name.</exception>
    public static IReadOnlyList<BenchmarkModel> ReadAll(IReadOnlyList<string> given, string? recipe)
    {
        if (given.Count == 0)
            throw new UsageException("Name at least one model: --model PIPELINE.yaml, or --model FOLDER with --pipeline RECIPE.yaml.");
        List<BenchmarkModel> models = [.. given.Select(g => Read(g, recipe))];
        if (models.GroupBy(m => m.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new UsageException($"Two models are called '{twice.Key}'; name them apart: --model NAME=FILE.");
        return models;
    }

    private static BenchmarkModel Read(string given, string? recipe)
    {
        var equals = given.IndexOf('=');
        var (name, path) = equals > 0 && !Path.Exists(given) ? (given[..equals], given[(equals + 1)..]) : (null, given);
        if (name is not null && !SafeName().IsMatch(name))
            throw new UsageException($"--model {given}: '{name}' cannot name a folder; use letters, digits, '.', '_' and '-', beginning "
                + "with a letter or digit.");
        if (Directory.Exists(path))
        {
            if (recipe is null)
                throw new UsageException(
                    $"--model {given} is a trained model; name the pipeline it is fine-tuned by with --pipeline FILE.");
            return new(name ?? Tidy(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)))), Path.GetFullPath(recipe),
                ModelCard.Find(path));
        }
        if (!File.Exists(path))
            throw new UsageException($"--model {given}: there is no file or folder '{path}'; name a pipeline file or a model folder.");
        return new(name ?? Tidy(Path.GetFileNameWithoutExtension(path)), Path.GetFullPath(path), null);
    }

    private static string Tidy(string name) => Unsafe().Replace(name, "-").Trim('-', '.', '_');

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$", RegexOptions.CultureInvariant)]
    private static partial Regex SafeName();

    [GeneratedRegex("[^A-Za-z0-9._-]+", RegexOptions.CultureInvariant)]
    private static partial Regex Unsafe();
}
