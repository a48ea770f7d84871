using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Outputs;
using PluginHost.Libs.Tools.Input;
using PluginHost.Libs.Tools.Journals;
using PluginHost.Plugins.Generate.Answers;
using PluginHost.Plugins.Generate.Decoding;
using PluginHost.Plugins.Generate.Outputs;
using PluginHost.Plugins.Generate.Prompts;
using PluginHost.Plugins.Generate.Writing;

namespace PluginHost.Plugins.Generate;

/// <summary><c>host generate</c></summary>
/// <param name="options">Validated.</param>
/// <param name="build">Where files to read lie.</param>
internal sealed class GenerateTool(GenerateOptions options, BuildContext build) : ITool
{
    private const string What = "generation", Ending = "generate";

    /// <inheritdoc/>
    public IReadOnlyList<string> Files => PromptList.Files(options, build);

    /// <inheritdoc/>
    public void Check(TrainedModel model)
    {
        WrittenFile.Check(options.Output);
        var decoder = ChosenDecoder.Build(options, build);
        if (Query.Of(options, model) is { } question) _ = new Answering(model, question);
        else _ = Wanted(model, decoder);
    }

    /// <inheritdoc/>
    public Task<int> RunAsync(ToolContext context, CancellationToken cancellation)
    {
        List<string> inputs = [.. Files,
            .. options.Model.Length > 0 ? [GenerateIdentity.ModelFolder(build.ResolvePath(options.Model))] : (string[])[]];
        var written = options.Output == OutputFile.Standard ? options.Output : context.OutputPath(options.Output);
        var output = OutputFile.Check(written, options.Force, inputs);
        WrittenFile.Check(output.IsStream ? OutputFile.Standard : output.Path);
        var decoder = ChosenDecoder.Build(options, build);
        using var model = context.OpenModel(options.Model, options.Device, options.Field);
        if (Query.Of(options, model) is { } question)
        {
            Answer(new Answering(model, question), model, output, context, cancellation);
            return Task.FromResult(ExitCodes.Done);
        }
        Generate(Wanted(model, decoder), PromptList.Read(options, model, context), (model, decoder), (output, new(output, options)),
            context, cancellation);
        return Task.FromResult(ExitCodes.Done);
    }

    /// <summary>What is to be written.</summary>
    /// <exception cref="UsageException">The model cannot write it.</exception>
    private WritingTask Wanted(TrainedModel model, IDecoder decoder)
    {
        var task = new WritingTask(options, model);
        WrittenFile.Check(options.Output, model, options);
        if (task.Frame.Kind != WritingKind.FillsIn) return task;
        if (decoder.Searches)
            throw new UsageException($"{model.Name} fills in masks, which '{options.Decoder}' cannot search; use --decoder sample or "
                + "greedy, or a model that writes from left to right.");
        // Whether it takes so many tokens is known by trying.
        if (options.Prompt.Length + options.Prompts.Length == 0) _ = task.Prepared(task.Start(null), 0);
        return task;
    }

    private void Generate(WritingTask task, IReadOnlyList<Sample?> prompts, (TrainedModel Model, IDecoder Decoder) writer,
        (OutputFile Place, WrittenFile Content) output, ToolContext context, CancellationToken cancellation)
    {
        var starts = prompts.Select(task.Start).ToList();
        foreach (var start in starts.DistinctBy(s => s.Again.Length)) Tell(task, start, context);
        using var journal = output.Place.IsStream || options.Model.Length == 0 ? JournalFile.Temporary(output.Place.Scratch)
            : JournalFile.Open(JournalFile.PathOf(output.Place.Path, Ending), What, GenerateIdentity.Of(options, build, Files),
                options.Force);
        var records = new RecordList(journal, (long)starts.Count * options.Count);
        if (records.Tries > 0)
            context.Say($"A {What} that was stopped goes on: {Wording.Counted(records.Count - records.Open, "record")} of "
                + $"{records.Count:N0} are written.");
        var began = TimeProvider.System.GetTimestamp();
        var all = new RecordWriter(writer.Model, writer.Decoder, task, records);
        try
        {
            var done = all.Write(number => starts[(int)(number / options.Count)], options.Batch, tokens => context.Progress(
                $"records written, {Pace(tokens, began)}", records.Count - records.Open, records.Count), cancellation);
            if (!done)
            {
                journal.Remove();
                throw Discarded(writer.Model, records);
            }
        }
        catch when (records.Tries == 0)
        {
            journal.Remove();
            throw;
        }
        catch (OperationCanceledException) when (!output.Place.IsStream && options.Model.Length > 0)
        {
            journal.Flush();
            context.Say($"Stopped with {Wording.Counted(records.Count - records.Open, "record")} of {records.Count:N0} written; the same "
                + "command goes on there.");
            throw;
        }
        output.Content.Write(Rows(task, starts, records));
        journal.Remove();
        context.Say($"{Wording.Counted(records.Count, "record")} by {writer.Model.Name}"
            + (records.Discarded > 0 ? $", {Wording.Counted(records.Discarded, "other")} discarded ({Wording.Share(records.Discarded,
                records.Count + records.Discarded)}) for their stop was missing or misplaced" : "")
            + (all.Tokens > 0 ? $"; {Pace(all.Tokens, began)}." : "."));
    }

    private static string Pace(long tokens, long began) =>
        $"{tokens / Math.Max(TimeProvider.System.GetElapsedTime(began).TotalSeconds, 1e-3):N0} tokens a second";

    private void Answer(Answering answering, TrainedModel model, OutputFile output, ToolContext context, CancellationToken cancellation)
    {
        var file = new AnswerFile(output);
        List<Sample> prompts = [.. PromptList.Read(options, model, context).OfType<Sample>()];
        if (prompts.Count == 0)
            throw new UsageException($"{model.Name} is asked about sequences: give them with --prompts FILE or --prompt BASES.");
        if (options.Count > 1) throw new UsageException($"--count {options.Count:N0}: a question has one answer; leave --count out.");
        var answers = answering.Read(prompts, options.Batch, done => context.Progress("prompts answered", done, prompts.Count),
            cancellation);
        file.Write(prompts, answering, answers);
        context.Say($"{Wording.Counted(answers.Count, "answer")} by {model.Name}.");
    }

    private void Tell(WritingTask task, Start start, ToolContext context)
    {
        if (task.Makes(start) is { } makes && makes < options.Length)
            context.Warn($"No tokens make {options.Length:N0} bases exactly; sequences will have {makes:N0}.");
    }

    private DataException Discarded(TrainedModel model, RecordList records) => new(
        $"{model.Name}: of {Wording.Counted(records.Tries, "sequence")} it wrote, {records.Count - records.Open:N0} stopped after "
        + $"{options.Length:N0} bases, and {records.Count:N0} were asked for. Train it longer, "
        + (options.Decoder == "sample" ? "try a lower --temperature, " : "") + "or end sequences there with --exact.");

    private IEnumerable<WrittenRow> Rows(WritingTask task, IReadOnlyList<Start> starts, RecordList records)
    {
        foreach (var record in records.Read())
        {
            var start = starts[(int)(record.Number / options.Count)];
            var number = record.Number % options.Count + 1;
            for (var rank = 0; rank < record.Sequences.Count; rank++)
            {
                var sequence = record.Sequences[rank];
                var bases = task.Bases(start, sequence);
                var id = (start.Id.Length > 0 ? start.Id : "generated")
                    + (options.Count > 1 || start.Id.Length == 0 && record.Sequences.Count == 1 ? $"_{number}" : "")
                    + (record.Sequences.Count > 1 ? $"_{rank + 1}" : "");
                var end = task.Makes(start) < options.Length && sequence.End == DecodeEnd.Complete ? "short"
                    : sequence.End.ToString().ToLowerInvariant();
                yield return new(id, start.Bases, bases, task.Count(sequence), sequence.LogProbability, end, record.Attempt + 1);
            }
        }
    }
}
