using PluginHost.Libs.Files.Outputs;
using PluginHost.Libs.Files.Tables;
using PluginHost.Libs.Genomics.Tracks;

namespace PluginHost.Plugins.Scan.Outputs;

/// <summary>The files of a scan: each appears whole or not at all.</summary>
internal sealed class ScanOutputs
{
    private readonly List<ScanFile> files = [];

    /// <summary>Looks at them before any work.</summary>
    /// <param name="options">Name them.</param>
    /// <param name="context">Says where they go.</param>
    /// <param name="inputs">Must not be among them.</param>
    /// <exception cref="UsageException">One is there already, is an input, or has an ending that tells nothing.</exception>
    public ScanOutputs(ScanOptions options, ToolContext context, IReadOnlyList<string> inputs)
    {
        Add("--output", options.Output, null);
        Add("--track", options.Track, Content.Track);
        Add("--windows", options.Windows, Content.Windows);

        void Add(string option, string? path, Content? only)
        {
            if (path is null) return;
            var written = path == OutputFile.Standard ? path : context.OutputPath(path);
            var file = ScanFile.Of(option, path, only, OutputFile.Check(written, options.Force, inputs));
            foreach (var other in files) file.File.RefuseTwice(other.File);
            files.Add(file);
        }
    }

    /// <summary>The first.</summary>
    public OutputFile Main => files[0].File;

    /// <summary>Whether any holds something.</summary>
    public bool Has(Content content) => files.Any(f => f.Content == content);

    /// <summary>Writes all of them.</summary>
    /// <param name="facts">For their heads.</param>
    /// <param name="scan">Is given where to put windows, stretches of the track and peaks.</param>
    public void Write(ScanFacts facts, Action<Sinks> scan) => Open(0, facts, new(), scan);

    private void Open(int next, ScanFacts facts, Sinks sinks, Action<Sinks> scan)
    {
        if (next == files.Count)
        {
            scan(sinks);
            return;
        }
        files[next].Write((stream, text) =>
        {
            switch (files[next].Content)
            {
                case Content.Peaks: sinks.Peaks.Add(ScanFile.BeginPeaks(text, facts)); break;
                case Content.Track: sinks.Tracks.Add(files[next].BeginTrack(stream, text, facts)); break;
                default: sinks.Windows.Add(files[next].BeginWindows(stream, text, facts)); break;
            }
            Open(next + 1, facts, sinks, scan);
        });
    }

    /// <summary>Open files by what they take.</summary>
    internal sealed class Sinks
    {
        public List<BedWriter> Peaks { get; } = [];

        public List<ITrackWriter> Tracks { get; } = [];

        public List<ITableWriter> Windows { get; } = [];

        /// <summary>Writes what is left.</summary>
        public void Finish()
        {
            foreach (var file in Peaks) file.Finish();
            foreach (var file in Tracks) file.Finish();
            foreach (var file in Windows) file.Finish();
        }
    }
}
