using PluginHost.Host.DataTools.Output;
using PluginHost.Host.Terminal;

namespace PluginHost.Host.DataTools.Negatives;

/// <summary><c>host data negatives</c></summary>
internal sealed class NegativesTool : DataTool<NegativeOptions>
{
    public override int Order => 40;

    public override string Verb => "negatives";

    public override string Summary => "Makes negatives for positives: shuffled, matched from the genome, motifs that are no sites, or a model's false positives.";

    public override IReadOnlyList<string> Examples =>
    [
        "host data negatives promoters.csv --how shuffle --output set.csv",
        "host data negatives peaks.csv --how genome --genome genome.fa --exclude genes.gff --gc 0.01 --output set.csv",
        "host data negatives --how sites --genome genome.fa --features genes.gtf --anchor donor --anchor acceptor --window -50..49 --output set.csv",
        "host data negatives train.csv --how adversarial --pool pool.csv --predictions predictions.tsv --negative-label neither --output train-2.csv",
    ];

    protected override int Run(NegativeOptions options, IRunView view, CancellationToken cancellation)
    {
        RowWriter.Check(options.Output);
        switch (options.How!.Value)
        {
            case NegativeSource.Shuffle: ShuffledNegatives.Write(options, view, cancellation); break;
            case NegativeSource.Genome: new GenomeNegatives(options, view).Write(cancellation); break;
            case NegativeSource.Sites: new SiteNegatives(options, view).Write(cancellation); break;
            default: AdversarialNegatives.Write(options, view, cancellation); break;
        }
        return 0;
    }
}
