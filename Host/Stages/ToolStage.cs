using System.Diagnostics;
using System.Runtime.ExceptionServices;
using PluginHost.Host.Models;
using PluginHost.Host.Records;

namespace PluginHost.Host.Stages;

/// <summary>
/// Runs a tool as a stage: with the model that was trained before it, into <c>tools/STAGE/</c>, which appears whole or not at all.
/// </summary>
public static class ToolStage
{
    /// <summary>Runs the tool, unless an earlier attempt left its folder whole.</summary>
    /// <exception cref="HostException">The tool failed, or says so by its exit code.</exception>
    public static void Run(RunSession session, StageParts parts, CancellationToken cancellation)
    {
        var folder = session.Folder.Of(RunFiles.Tools, parts.Name);
        var before = session.Finished(parts, parts.Name);
        if (before is null) session.RewindLogs();
        else if (SealedFolder.Verify(folder) is { } broken)
            // It logs no figures: the logs of the stages after it stay as they are when it alone is done again.
            session.View.Warn($"Stage '{parts.Name}' was done, but its folder {folder} is broken ({broken}); it is done again.");
        else
        {
            session.Add(before);
            session.View.Say($"{parts.Name}: done before, in {folder}.");
            return;
        }
        session.View.StageStarted(parts.Name, 0);
        session.Observers.StageStarted(parts.Name);
        var clock = Stopwatch.StartNew();
        session.Folder.RequireThere();
        List<string> warned = [];
        try
        {
            SealedFolder.Write(folder, target => Use(session, parts, target, folder, warned, cancellation));
        }
        catch (ToolFailure failure)
        {
            ExceptionDispatchInfo.Throw(failure.InnerException!);
        }
        var record = new StageRecord
        {
            Name = parts.Name, Kind = parts.Definition.Tool!.Use, Seconds = clock.Elapsed.TotalSeconds, Notes = warned,
        };
        if (before is null) session.Finish(parts.Name, record);
        else session.Add(before with { Seconds = record.Seconds, Notes = warned });
        session.View.StageFinished($"{parts.Name}: {folder}");
    }

    private static void Use(RunSession session, StageParts parts, SealedFolderWriter target, string folder, List<string> warned,
        CancellationToken cancellation)
    {
        try
        {
            using var model = session.Loaded(parts);
            var context = new StageContext(session, model, target.Folder, folder, warned);
            var code = parts.Tool!.RunAsync(context, cancellation).GetAwaiter().GetResult();
            context.Output.Flush();
            if (code != ExitCodes.Done)
                throw Failed(code, $"{parts.Name}: the tool ended with exit code {code}; what it said stands above.", cancellation);
        }
        catch (HostException failure) when (failure.Message.Contains(target.Folder, StringComparison.Ordinal))
        {
            var message = failure.Message.Replace(target.Folder, folder, StringComparison.Ordinal);
            throw new ToolFailure(Failed(failure.ExitCode, message, cancellation));
        }
        catch (Exception failure)
        {
            throw new ToolFailure(failure);
        }
        foreach (var file in Directory.EnumerateFiles(target.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            target.AddWritten(Path.GetRelativePath(target.Folder, file));
    }

    /// <summary>What an exit code says, as the failure that ends the process with it.</summary>
    private static Exception Failed(int code, string message, CancellationToken cancellation) => code switch
    {
        ExitCodes.Interrupted or ExitCodes.Terminated or ExitCodes.HungUp when cancellation.IsCancellationRequested =>
            new OperationCanceledException(message, cancellation),
        ExitCodes.Usage => new UsageException(message),
        ExitCodes.Data => new DataException(message),
        ExitCodes.Plugin => new PluginException(message),
        ExitCodes.Resources => new ResourceException(message),
        _ => new RunFailedException(message),
    };

    /// <summary>Carries a tool's own failure past the guard of the folder's disk, which would speak of the disk.</summary>
    private sealed class ToolFailure(Exception cause) : Exception(cause.Message, cause);

    /// <summary>Paths a tool writes lie in its folder; no path means the model of the run.</summary>
    private sealed class StageContext(RunSession session, TrainedModel model, string folder, string later, List<string> warned)
        : HostToolContext(session.Components, session.Context, session.View)
    {
        public override string OutputPath(string path)
        {
            var full = Path.GetFullPath(Path.Combine(folder, path));
            if (!full.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                throw new UsageException($"'{path}' lies outside the stage's folder; give a path relative to it.");
            if (full == Path.Combine(folder, SealedFolder.ManifestName))
                throw new UsageException($"'{path}' is the list of the files in a stage's folder; give another name.");
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            return full;
        }

        public override void Warn(string message)
        {
            warned.Add(Worded(message));
            base.Warn(message);
        }

        protected override Func<string, string, string> DataWriting => OptionWriting.StageData;

        // Files are named by where they will be: the folder they are written into is gone when this is read.
        protected override string Worded(string message) => message.Replace(folder, later, StringComparison.Ordinal);

        public override TrainedModel OpenModel(string path, string device = "auto") => path.Length == 0 ? model
            : base.OpenModel(path, session.Device.ToString());
    }
}
