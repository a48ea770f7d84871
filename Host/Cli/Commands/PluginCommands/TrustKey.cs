using System.ComponentModel;
using PluginHost.Host.Foundation;
using PluginHost.Host.Plugins.Store;

namespace PluginHost.Host.Cli.Commands.PluginCommands;

/// <summary>Options of <c>host plugins trust</c>.</summary>
[Example("host plugins trust lab.pub.pem --name our-lab")]
[Example("host plugins trust --require-signed")]
[Example("host plugins trust")]
public sealed class TrustOptions
{
    /// <summary>The key.</summary>
    [Positional("KEY"), Description("A public key as PEM (ECDSA P-256); left out, the keys are listed.")]
    public string? Key { get; set; }

    /// <summary>Whose it is.</summary>
    [Description("Whose key it is, as 'install' and 'list' shall call them; the file's name if left out.")]
    public string? Name { get; set; }

    /// <summary>Whether it is taken away.</summary>
    [Description("Trust the key no longer: KEY is its file, its name, or the beginning of its fingerprint.")]
    public bool Remove { get; set; }

    /// <summary>Whether only signed plugins are installed.</summary>
    [Description("From now on 'install' takes only plugins with the signature of a trusted key; 'false' takes all again.")]
    public bool? RequireSigned { get; set; }
}

/// <summary><c>host plugins trust</c></summary>
internal sealed class TrustKey(IRunView view) : HostCommand<TrustOptions>(
    "plugins trust", "Lists and changes whose signatures of plugins are believed.", order: 59)
{
    protected override Task<int> RunAsync(TrustOptions options, CancellationToken cancellation)
    {
        if (options.Key is null && (options.Remove || options.Name is not null))
            throw new UsageException("Name the key: host plugins trust KEY.pem.");
        var before = TrustFile.Read();
        var trust = options.Key is not { } key ? before : options.Remove ? Without(before, key) : With(before, key, options.Name);
        if (options.RequireSigned is { } required) trust = trust with { RequireSigned = required };
        if (trust != before) trust.Write();
        var table = new ResultTable(trust.Keys.Count == 0 ? "No key is trusted." : "Trusted keys", ["name", "fingerprint"])
        {
            Alignment = ColumnAlignment.Words,
        };
        foreach (var known in trust.Keys) table.Add(known.Name, known.Fingerprint);
        view.Table(table);
        view.Result(trust.RequireSigned ? "Only plugins that one of them signed are installed." : "Plugins are installed signed or not.");
        return Task.FromResult(ExitCodes.Done);
    }

    private static TrustFile With(TrustFile trust, string file, string? name)
    {
        var (fingerprint, pem) = PluginSignature.ReadPublic(file);
        var key = new TrustedKey(name ?? Path.GetFileName(file), fingerprint, pem);
        return trust with { Keys = [.. trust.Keys.Where(k => k.Fingerprint != fingerprint), key] };
    }

    private static TrustFile Without(TrustFile trust, string key)
    {
        var fingerprint = File.Exists(key) ? PluginSignature.ReadPublic(key).Fingerprint : null;
        var gone = trust.Keys.Where(k => k.Fingerprint == fingerprint || k.Name == key
            || (key.Length >= 8 && k.Fingerprint.StartsWith(key, StringComparison.OrdinalIgnoreCase))).ToList();
        return gone.Count == 1 ? trust with { Keys = [.. trust.Keys.Except(gone)] }
            : throw new UsageException(gone.Count == 0
                ? $"No trusted key is called '{key}'{Nearest.Hint(key, trust.Keys.Select(k => k.Name))}."
                : $"'{key}' is the name of {gone.Count} keys; give the beginning of the fingerprint.");
    }
}
