using System.CommandLine;
using PluginHost.Host.Plugins;
using PluginHost.Host.Runs;
using PluginHost.Host.Stages;
using PluginHost.Host.Terminal;

namespace PluginHost.Host.Commands;

/// <summary><c>host transfer</c></summary>
internal sealed class TransferCommand(IRunView view) : ICommandModule
{
    public int Order => 46;

    public Command Create()
    {
        var folder = new Argument<string>("RUNS") { Description = "The folder 'host run' made of a pipeline whose variants are named after the groups trained on, and whose evaluate stages are named on-GROUP." };
        var metric = new Option<string?>("--metric") { Description = "The metric to compare, higher is better; the first of the stages if left out.", HelpName = "NAME" };
        var output = new Option<string?>("--output", "-o") { Description = "Also writes the tables to this file as Markdown.", HelpName = "FILE" };
        var command = new HostCommand("transfer", "Shows what models trained on one group (species, tissue) score on the others, and the ratio to training within the group.")
        {
            Examples = ["host transfer runs/cross-species-20260101-120000 --metric auroc"],
        };
        command.Arguments.Add(folder);
        command.Options.Add(metric);
        command.Options.Add(output);
        command.SetAction(parsed =>
        {
            Show(parsed.GetRequiredValue(folder), parsed.GetValue(metric), parsed.GetValue(output));
            return 0;
        });
        return command;
    }

    private void Show(string path, string? metric, string? output)
    {
        if (!ComparisonFolder.IsAt(path)) throw new UsageException($"{path} holds no runs of variants; name the folder that 'host run' made of a pipeline with variants.");
        var folder = ComparisonFolder.Open(path);
        var runs = folder.Names.Select(n => (Name: n, Stages: folder.Results(n))).ToList();
        foreach (var (name, _) in runs.Where(r => r.Stages is null)) view.Warn($"variant {name} is not done yet and left out; go on with: host run --resume {path}");
        var done = runs.Where(r => r.Stages is not null).Select(r => (r.Name, r.Stages!)).ToList();
        var metrics = TransferTables.Metrics(done);
        if (metrics.Count == 0) throw new UsageException($"{path} has no figures of evaluate stages named on-GROUP; name them so ('- evaluate: {{ name: on-human, ... }}').");
        if (metric is not null && !metrics.Contains(metric)) throw new UsageException($"--metric {metric}: the stages have {string.Join(", ", metrics)}{Nearest.Hint(metric, metrics)}.");
        var tables = new TransferTables(done, metric ?? metrics[0]);
        foreach (var table in (ResultTable[])[tables.Scores(), tables.Ratios()]) view.Table(table);
        if (tables.Groups.FirstOrDefault(g => done.All(r => r.Name != g)) is { } missing)
            view.Say($"No variant is named '{missing}', so there is no training within that group to compare with.");
        if (output is not null) Disk.WriteAtomically(output, string.Join("\n", ((ResultTable[])[tables.Scores(), tables.Ratios()]).Select(ComparedRuns.Markdown)));
    }
}
