using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using PluginHost.Checkpoints;
using PluginHost.Host.Foundation;
using PluginHost.Host.Models.Adapters;
using PluginHost.Host.Models.Checkpoints.Containers;
using PluginHost.Host.Models.Checkpoints.Export;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Pipelines.Settings;
using PluginHost.Host.Plugins;
using PluginHost.Host.Records;
using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Outputs;

namespace PluginHost.Host.Models.Checkpoints.Import;

using static TorchSharp.torch;

/// <summary>
/// Makes a model folder of published weights. Every tensor is accounted for before anything is written, and then read, converted and
/// written one at a time.
/// </summary>
/// <param name="components">Offers layouts and builds models.</param>
/// <param name="view">What the user sees.</param>
public sealed class CheckpointImport(ComponentFactory components, IRunView view)
{
    /// <summary>Imports.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="DataException">The file is malformed, or its tensors are not those of the layout: lists each.</exception>
    /// <exception cref="UsageException">Layout, head, override or output folder make no sense.</exception>
    public int Run(ImportRequest request, CancellationToken cancellation)
    {
        request = request with { Output = OutputFolder.Check(request.Output, request.Force, SealedFolder.Files, request.Source) };
        var layout = components.Build<ICheckpointLayout>(
            new ComponentSpec(request.Layout) { Origin = "--as" },
                new PipelineBuildContext(components, null, null, PathSearch.WorkingDirectory));
        if (request.NewHead is { } head && !layout.NewHeads.Contains(head))
            throw new UsageException($"--new-head {head}: the layout '{request.Layout}' knows "
                + $"{string.Join(", ", layout.NewHeads)}{Nearest.Hint(head, layout.NewHeads)}.");
        var file = CheckpointFile.Find(request.Source);
        var folder = Path.GetDirectoryName(file)!;
        PublishedFolder.CheckFiles(folder);
        using var checkpoint = CheckpointFile.Open(file);
        var record = ExportRecord.Beside(file, view.Say);
        if (record is not null && record.Layout != request.Layout)
        {
            view.Say($"The folder was exported as '{record.Layout}' and is read as '{request.Layout}', by its config.json alone.");
            record = null;
        }
        var names = new TensorNames(checkpoint);
        using var tokenizerFiles = new TemporaryFolder();
        var content = new CheckpointContent(names.Tensors, folder, request.NewHead) { Tokenizer = record?.Tokenizer };
        PublishedFolder.CheckKind(content, folder, request.Layout,
            components.Components.Where(c => c.Kind == typeof(ICheckpointLayout)).Select(c => c.Name));
        var plan = Plan(layout, content);
        if (record is not null)
        {
            plan = record.Complete(plan, folder, request.NewHead is not null);
            // It says that the weights follow, so that no component looks for those it once started from.
            File.WriteAllBytes(Path.Combine(tokenizerFiles.Path, ModelCard.WeightsName), []);
        }
        foreach (var (name, source) in plan.TokenizerFiles)
            File.WriteAllBytes(Path.Combine(tokenizerFiles.Path, name), File.ReadAllBytes(source));
        var parts = ImportedParts.Build(plan, request, components, tokenizerFiles.Path);
        var match = TensorMatch.Of(names.Tensors, parts.Plan, parts.Model.State(), request.LeftOut);
        Report(request, $"{Path.GetFileName(file)} ({checkpoint.Container}, {Disk.Size(RealPath.Length(file))})", names, parts, match);
        CheckTies(names, match, cancellation);
        var units = request.NewHead is null ? record?.Folded : null;
        if (request.DryRun)
        {
            foreach (var part in Parts(parts, names, match, units, file, cancellation)) part.Fetch().Dispose();
            return ExitCodes.Done;
        }
        parts = ImportedParts.Filled(parts, request, components, tokenizerFiles.Path);
        ModelFolder.Save(
            request.Output, Card(request, parts, file, record), parts.Model, parts.Objective, parts.Tokenizer, Pipeline(request, parts),
            stream => SafetensorsFile.Write(stream, Parts(parts, names, match, units, file, cancellation)),
            target => { if (record is { HasAdapter: true } && request.NewHead is null) AdapterFolder.Copy(folder, target); });
        view.Say($"Model: {Path.GetFullPath(request.Output)}");
        return ExitCodes.Done;
    }

    private static CheckpointPlan Plan(ICheckpointLayout layout, CheckpointContent content)
    {
        try { return layout.Plan(content); }
        catch (DataException failure) when (PublishedFolder.Hint(content) is { Length: > 0 } hint)
        {
            throw new DataException(failure.Message + hint, failure);
        }
    }

    private void Report(ImportRequest request, string file, TensorNames names, ImportedParts parts, TensorMatch match)
    {
        view.Say(FormattableString.Invariant($"{file}: {names.Tensors.Count:N0} tensors, read as {request.Layout}."));
        foreach (var note in names.Notes.Concat(parts.Plan.Notes)) view.Say(note);
        if (match.Problems.Count > 0)
            throw new DataException(
                $"{match.Problems.Count} tensors of the file and weights of the model do not fit together:\n  "
                    + $"{string.Join("\n  ", match.Problems.Order(StringComparer.Ordinal))}\n"
                + "Nothing was written. Give the layout the weights were published in (--as), ask for a head they lack with --new-head, or "
                    + "leave tensors out with --leave-out.");
        foreach (var (name, why) in match.LeftOut) view.Say($"Left out: {name} ({why}).");
        foreach (var (alias, weight) in match.Tied) view.Say($"Tied: {alias.Name} is {weight}.");
        var state = parts.Model.State();
        foreach (var name in match.Random)
            view.Warn($"At random, as asked: {name} [{string.Join(", ", state.First(s => s.Name == name).Tensor.shape)}].");
        var converted = match.Filled.Where(f => f.Value.Type != ScalarType.Float32 && is_floating_point(f.Value.Type))
            .GroupBy(f => f.Value.Type).ToList();
        foreach (var group in converted)
            view.Say($"{group.Count()} weights were {group.Key} and are kept as "
                + $"Float32{(group.Key == ScalarType.Float64 ? ", rounded to the nearest" : ", exactly")}.");
        view.Say(string.Create(CultureInfo.InvariantCulture, $"{match.Filled.Count:N0} weights with "
            + $"{match.Filled.Values.Sum(t => t.Shape.Aggregate(1L, (a, b) => a * b)):N0} values are filled from the file, "
            + $"{match.Random.Count:N0} are at random."));
    }

    /// <summary>
    /// Tensors that stand for one weight must be equal: if they are not, the model was trained with them apart, and no tied model is the
    /// same.
    /// </summary>
    private static void CheckTies(TensorNames names, TensorMatch match, CancellationToken cancellation)
    {
        foreach (var (alias, weight) in match.Tied)
        {
            cancellation.ThrowIfCancellationRequested();
            using var one = names.Read(alias.Name);
            using var other = names.Read(match.Filled[weight].Name);
            if (one.dtype != other.dtype || !one.shape.AsSpan().SequenceEqual(other.shape) || !one.bytes.SequenceEqual(other.bytes))
                throw new DataException($"'{alias.Name}' stands for the same weight as '{match.Filled[weight].Name}' in this layout, but "
                    + "their values differ: the model was trained with them apart. Import it with --set heads.ROLE.tied=false if its head "
                    + "can be untied, or leave one out with --leave-out.");
        }
    }

    private static IEnumerable<SafetensorsPart> Parts(ImportedParts parts, TensorNames names, TensorMatch match, HeadUnits? units,
        string file, CancellationToken cancellation) =>
        parts.Model.State().Select(weight => new SafetensorsPart(weight.Name, weight.Tensor.dtype, weight.Tensor.shape, () =>
        {
            cancellation.ThrowIfCancellationRequested();
            if (!match.Filled.TryGetValue(weight.Name, out var tensor)) return weight.Tensor.detach().contiguous();
            var read = As(weight.Tensor.dtype, names.Read(tensor.Name));
            FiniteWeights.Check(read, file, tensor.Name, "Fetch it again, or use a copy from before it diverged."
                + (tensor.Type == ScalarType.Float64 ? " Float64 values beyond 3.4e38 cannot be kept as Float32." : ""));
            return units?.Unfold(weight.Name, read) ?? read;
        }));

    private static Tensor As(ScalarType type, Tensor read)
    {
        if (read.dtype == type) return read;
        using (read) return read.to_type(type);
    }

    private ModelCard Card(ImportRequest request, ImportedParts parts, string file, ExportRecord? record)
    {
        var files = file.EndsWith(".index.json", StringComparison.OrdinalIgnoreCase)
            ? ShardIndex.Read(file).Values.Distinct().Order(StringComparer.Ordinal)
                .Select(f => Path.Combine(Path.GetDirectoryName(file)!, f)).ToList()
            : [file];
        return new ModelCard
        {
            Name = Name(request), Stage = "import", Seed = request.Seed, Tokenizer = parts.Plan.Tokenizer,
            Architecture = parts.Plan.Architecture,
            Objective = parts.Plan.Objective, Heads = parts.Plan.Heads,
            // What an export says of scoring, so that the same figures come out.
            Precision = record?.Precision ?? Precision.Fp32, BatchTokens = record?.BatchTokens ?? 0, BatchSize = record?.BatchSize ?? 32,
            TooLong = record?.TooLong ?? default,
            Plugins = JsonSerializer.SerializeToNode(
                RunFacts.Plugins(components,
                    [parts.Plan.Tokenizer, parts.Plan.Architecture, parts.Plan.Objective, .. parts.Plan.Heads.Values])
                    .Select(p => new RecordedPlugin(p.Name, p.Version, p.Sha256, p.FolderSha256)), Json.Indented),
            Imported = new JsonObject
            {
                ["layout"] = request.Layout,
                ["files"] = new JsonArray([.. files.Select(DataFingerprint.Of)
                    .Select(f => new JsonObject { ["name"] = Path.GetFileName(f.Path), ["bytes"] = f.Bytes, ["sha256"] = f.Sha256 })]),
            },
        }.WithParts(components);
    }

    private string Pipeline(ImportRequest request, ImportedParts parts) => new PipelineResolver(components.Catalog).Resolve(
        new PipelineDefinition
        {
            Name = Name(request), Seed = request.Seed, File = Path.GetFullPath(request.Output), Tokenizer = parts.Plan.Tokenizer,
            Architecture = parts.Plan.Architecture,
            Heads = parts.Plan.Heads, Stages = [], ResolvedYaml = "",
        }, []);

    private static string Name(ImportRequest request) =>
        Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(request.Output)));
}
