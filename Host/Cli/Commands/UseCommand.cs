using System.CommandLine;
using PluginHost.Host.Models;
using PluginHost.Host.Stages;

namespace PluginHost.Host.Cli.Commands;

/// <summary>What <c>predict</c> and <c>evaluate</c> have in common: a trained model, and data to use it on.</summary>
internal sealed class UseCommand
{
    private readonly Argument<string> model = new("MODEL") { Description = "A model folder, or a run folder that holds one." };
    private readonly Argument<string?> file = new("DATA") { Description = "A FASTA file, a CSV or TSV table, or a folder of train, dev and test tables.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string[]> data = new("--data")
    {
        Description = "An option of the data source, such as window=510; use=NAME names another source. May be repeated.", HelpName = "KEY=VALUE", AllowMultipleArgumentsPerToken = false,
    };
    private readonly Option<Split> split = new("--split") { Description = "The split to read, where the data has several.", DefaultValueFactory = _ => Split.Test };
    private readonly Option<string?> output = new("--output", "-o") { Description = "The file to write; standard output if left out.", HelpName = "FILE" };
    private readonly Option<string> device = CommonOptions.Device();
    private readonly Option<int> batchTokens = new("--batch-tokens") { Description = "Padded tokens of a batch: less for less memory. Batched as in the run that trained it if left out, which gives the same bits.", HelpName = "N" };
    private readonly Option<string?> adapter = new("--adapter") { Description = "A folder with low-rank adapters to put on the model in place of its own: the adapter/ of a run with tune: lora.", HelpName = "DIR" };
    private readonly Option<string[]> metrics = new("--metrics") { Description = "Metrics to compute; the objective's own if left out.", HelpName = "NAME", AllowMultipleArgumentsPerToken = true };

    private readonly InputFormats formats;

    private UseCommand(HostCommand command, bool withMetrics, InputFormats formats)
    {
        this.formats = formats;
        Command = command;
        batchTokens.Validators.Add(r =>
        {
            if (r.Tokens.Count == 1 && int.TryParse(r.Tokens[0].Value, out var n) && n < 1) r.AddError("--batch-tokens must be at least 1.");
        });
        foreach (var argument in new Argument[] { model, file }) command.Arguments.Add(argument);
        foreach (var option in new Option[] { data, split, output, device, batchTokens, adapter }) command.Options.Add(option);
        if (withMetrics) command.Options.Add(metrics);
    }

    /// <summary>The command.</summary>
    public HostCommand Command { get; }

    /// <summary>Makes a command of one of the runner's uses of a model.</summary>
    public static HostCommand Create(
        HostCommand command, bool withMetrics, Lazy<IPipelineRunner> runner, PluginWarnings warnings, InputFormats formats,
        Func<IPipelineRunner, UseRequest, CancellationToken, Task<int>> use)
    {
        var shared = new UseCommand(command, withMetrics, formats);
        command.SetAction((parsed, cancellation) =>
        {
            var request = shared.Request(parsed);
            warnings.Show();
            return use(runner.Value, request, cancellation);
        });
        return command;
    }

    private UseRequest Request(ParseResult parsed)
    {
        var folder = parsed.GetRequiredValue(model);
        if (!Directory.Exists(folder)) throw new UsageException($"{folder} is not a folder; name a model folder, or a run folder that holds one.");
        return new UseRequest(
            folder, new DataArgument(formats).Read(parsed.GetValue(file), parsed.GetValue(data) ?? []), parsed.GetValue(split),
            [.. (parsed.GetValue(metrics) ?? []).SelectMany(m => m.Split(',', StringSplitOptions.RemoveEmptyEntries)).Select(m => new ComponentSpec(m) { Origin = "--metrics" })],
            parsed.GetValue(output), parsed.GetValue(device)!, parsed.GetValue(batchTokens), parsed.GetValue(adapter));
    }
}
