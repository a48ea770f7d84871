namespace PluginHost.Plugins.DataTools.Negatives;

/// <summary><c>host data negatives</c></summary>
/// <param name="options">Validated.</param>
/// <param name="build">Where files to read lie.</param>
internal sealed class NegativesTool(NegativeOptions options, BuildContext build) : DataTool(build)
{
    protected override IEnumerable<string?> Inputs =>
    [
        .. options.Data, .. options.Exclude, options.Genome, options.Features, options.Inside, options.Pool, options.Predictions,
    ];

    protected override void Run(ToolRun run, CancellationToken cancellation)
    {
        options.Locate(run);
        switch (options.How!.Value)
        {
            case NegativeSource.Shuffle: ShuffledNegatives.Write(options, run, cancellation); break;
            case NegativeSource.Genome: new GenomeNegatives(options, run).Write(cancellation); break;
            case NegativeSource.Sites: new SiteNegatives(options, run).Write(cancellation); break;
            default: AdversarialNegatives.Write(options, run, cancellation); break;
        }
    }
}
