using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using PluginHost.Checkpoints;
using PluginHost.Host.Foundation.Documents;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Records;

namespace PluginHost.Host.Models.Checkpoints.Export;

/// <summary>
/// The <c>README.md</c> of a published model: how to load it, what it was made with, how it was scored, and the hashes of its files. It
/// names no path of the machine it was made on.
/// </summary>
/// <param name="card">What the model folder says about itself.</param>
/// <param name="exported">How other programs see it.</param>
/// <param name="config">Its <c>config.json</c>.</param>
/// <param name="parameters">Number of values.</param>
/// <param name="modelFolder">Where it is.</param>
internal sealed class PublishedCard(ModelCard card, ExportedModel exported, JsonObject config, long parameters, string modelFolder)
{
    private readonly StringBuilder text = new();
    private readonly RunRecord run = RunRecord.Around(modelFolder);

    /// <summary>The whole text.</summary>
    /// <param name="folder">Holds the files to be hashed.</param>
    public string Text(string folder)
    {
        FrontMatter();
        Line($"# {card.Name}");
        Line();
        Line(string.Create(CultureInfo.InvariantCulture, $"{config["model_type"]} over {config["vocab_size"]} tokens with {parameters:N0} "
            + $"parameters, {(card.Imported is null ? $"last trained in the stage '{card.Stage}'" : "read from published weights")}; its "
            + $"objective is '{card.Objective.Use}'."));
        foreach (var note in exported.Notes) Paragraph(note);
        Loading();
        Pipeline();
        Data();
        Metrics();
        Hashes(folder);
        return text.ToString();
    }

    private void FrontMatter()
    {
        Line("---");
        if (exported.Python.Count > 0) Line("library_name: transformers");
        Line("tags:\n- biology\n- genomics\n- dna");
        Line("---");
        Line();
    }

    private void Loading()
    {
        Line("\n## Use");
        if (exported.Python.Count > 0)
        {
            Line("\n```python");
            foreach (var line in exported.Python) Line(line);
            if (Directory.Exists(Path.Combine(modelFolder, ModelCard.AdapterName)))
                Line("\nfrom peft import PeftModel\nmodel = PeftModel.from_pretrained(model, \"FOLDER/adapter\")");
            Line("```");
        }
        Line($"\n```\nhost import FOLDER --as {exported.Layout} --output models/{card.Name}\n```");
    }

    private void Pipeline()
    {
        Line("\n## Pipeline\n");
        Line($"Seed {card.Seed}. The pipeline with every option written out:\n\n```yaml");
        var file = Path.Combine(modelFolder, RunFiles.Pipeline);
        if (YamlDocument.ReadFile(file) is MapNode root)
        {
            root.Entries.RemoveAll(e => e.Key == "pathRoots");
            text.Append(YamlWriter.Write(WithoutFolders(root)));
        }
        Line("```");
        if (card.Plugins is not JsonArray { Count: > 0 } plugins) return;
        Table(["plugin", "version", "SHA-256"],
            plugins.Select(p => (string[])[Value(p, "name"), Value(p, "version"), $"`{Value(p, "sha256")}`"]));
    }

    private void Data()
    {
        var imported = card.Imported?["files"] as JsonArray;
        if (run.Data.Count == 0 && imported is null) return;
        Line("\n## Data");
        if (imported is not null)
        {
            Paragraph($"The weights were read as '{card.Imported!["layout"]}' from:");
            Table(["file", "bytes", "SHA-256"],
                imported.Select(f => (string[])[Value(f, "name"), Value(f, "bytes"), $"`{Value(f, "sha256")}`"]));
        }
        if (run.Data.Count > 0)
            Table(["file", "bytes", "SHA-256"],
                run.Data.Select(d => (string[])[Path.GetFileName(d.Path), d.Bytes.ToString(CultureInfo.InvariantCulture),
                d.Sha256 is null ? "too large to hash" : $"`{d.Sha256}`"]));
    }

    private void Metrics()
    {
        foreach (var stage in run.Stages.OfType<JsonObject>())
        {
            if (stage["metrics"] is not JsonObject { Count: > 0 } metrics) continue;
            Line($"\n## Metrics of '{stage["name"]}'");
            Paragraph($"{stage["samples"]} samples of the {stage["split"]} split. Baselines are trivial predictors scored on the "
                + "same samples.");
            var rows = ((IEnumerable<KeyValuePair<string, JsonNode?>>)[KeyValuePair.Create("model", (JsonNode?)metrics),
                .. Rows(stage["comparisons"]), .. Rows(stage["baselines"])]).ToList();
            var names = metrics.Select(m => m.Key).ToList();
            Table(["", .. names], rows.Select(r => (string[])[r.Key, .. names.Select(n => Figure(r.Value?[n]))]));
        }
    }

    private void Hashes(string folder)
    {
        Line("\n## Files");
        Table(["file", "bytes", "SHA-256"],
            Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(f =>
        {
            using var stream = File.OpenRead(f);
            return (string[])[Path.GetRelativePath(folder, f), stream.Length.ToString(CultureInfo.InvariantCulture),
                $"`{Convert.ToHexStringLower(SHA256.HashData(stream))}`"];
        }));
    }

    /// <summary>Full paths tell about the machine: only the file's own name stays.</summary>
    private static Node WithoutFolders(Node node) => node switch
    {
        MapNode map => new MapNode(map.Place, map.Entries.Select(e => new MapEntry(e.Key, WithoutFolders(e.Value)))),
        ListNode list => new ListNode(list.Place, list.Items.Select(WithoutFolders)),
        ScalarNode scalar when Path.IsPathRooted(scalar.Text) => new ScalarNode(scalar.Place, Path.GetFileName(scalar.Text), Quoted: true),
        _ => node,
    };

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Rows(JsonNode? rows) => rows as JsonObject ?? [];

    private static string Figure(JsonNode? figure) => figure is JsonValue value && value.TryGetValue<double>(out var number)
        && double.IsFinite(number)
        ? number.ToString("0.0000", CultureInfo.InvariantCulture) : "-";

    private static string Value(JsonNode? row, string field) => row?[field]?.ToString() ?? "";

    private void Table(IReadOnlyList<string> columns, IEnumerable<string[]> rows)
    {
        Line($"\n| {string.Join(" | ", columns)} |\n|{string.Concat(columns.Select(_ => " --- |"))}");
        foreach (var row in rows) Line($"| {string.Join(" | ", row.Select(c => c.Replace("|", "\\|", StringComparison.Ordinal)))} |");
    }

    private void Paragraph(string paragraph) => Line("\n" + paragraph);

    private void Line(string line = "") => text.Append(line).Append('\n');
}
