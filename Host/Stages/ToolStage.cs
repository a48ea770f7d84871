using System.Diagnostics;
using PluginHost.Host.Records;

namespace PluginHost.Host.Stages;

/// <summary>
/// Runs a tool as a stage: with the model that was trained before it, into <c>tools/STAGE/</c>, which appears whole or not at all.
/// </summary>
public static class ToolStage
{
    /// <summary>Runs the tool, unless an earlier attempt left its folder whole.</summary>
    /// <exception cref="RunFailedException">The tool says that it failed.</exception>
    public static void Run(RunSession session, StageParts parts, CancellationToken cancellation)
    {
        var folder = session.Folder.Of("tools", parts.Name);
        if (session.Finished(parts.Name) is { } finished)
        {
            if (SealedFolder.Verify(folder) is not { } broken)
            {
                session.Add(finished);
                session.View.Say($"{parts.Name}: done before, in {folder}.");
                return;
            }
            session.View.Warn($"Stage '{parts.Name}' was done, but its folder {folder} is broken ({broken}); it is done again.");
            session.Forget(parts.Name);
        }
        session.RewindLogs();
        session.View.StageStarted(parts.Name, 0);
        session.Observers.StageStarted(parts.Name);
        var clock = Stopwatch.StartNew();
        SealedFolder.Write(folder, target =>
        {
            using var model = session.Loaded(parts);
            var context = new StageContext(session, model, target.Folder, folder);
            var code = parts.Tool!.RunAsync(context, cancellation).GetAwaiter().GetResult();
            if (code != ExitCode)
                throw new RunFailedException($"{parts.Name}: the tool ended with exit code {code}; what it said stands above.");
            foreach (var file in Directory.EnumerateFiles(target.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
                target.AddWritten(Path.GetRelativePath(target.Folder, file));
        });
        session.Finish(parts.Name,
            new StageRecord { Name = parts.Name, Kind = parts.Definition.Tool!.Use, Seconds = clock.Elapsed.TotalSeconds });
        session.View.StageFinished($"{parts.Name}: {folder}");
    }

    private const int ExitCode = 0;

    /// <summary>Paths a tool writes lie in its folder; no path means the model of the run.</summary>
    private sealed class StageContext(RunSession session, TrainedModel model, string folder, string later)
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

        // Files are named by where they will be: the folder they are written into is gone when this is read.
        protected override string Worded(string message) => message.Replace(folder, later, StringComparison.Ordinal);

        public override TrainedModel OpenModel(string path, string device = "auto") => path.Length == 0 ? model
            : base.OpenModel(path, session.Device.ToString());
    }
}
