using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using PluginHost.Host.Plugins.Store;

namespace PluginHost.Host.Tests.Plugins.Store;

/// <summary>A signature is believed from keys that the user trusts, and from nobody else.</summary>
public sealed class SignatureTests : IDisposable
{
    private readonly UserHome home = new();

    public void Dispose() => home.Dispose();

    [Fact]
    public void Signed_by_a_trusted_key_it_is_installed_where_signatures_are_asked_for()
    {
        var (key, pub) = home.Keys();
        Trust(pub);
        Assert.Equal("the lab", Install(home.Pack(home.Fixture("NeedsLate"), key), requireSigned: true).SignedBy);
        Assert.Equal("the lab", InstallRecord.Of(Path.Combine(UserFolders.Plugins!, "NeedsLate"))!.SignedBy);
    }

    [Fact]
    public void Unsigned_or_signed_by_a_stranger_it_is_refused_where_they_are_and_taken_where_not()
    {
        var source = home.Fixture("NeedsLate");
        var (key, _) = home.Keys();
        Assert.Contains("it is not signed, and only signed plugins", Refused(home.Pack(source, name: "a.zip")));
        Assert.Contains("which is not trusted here. Where you know whose it is, trust it", Refused(home.Pack(source, key, name: "b.zip")));
        Assert.Empty(home.Installed());
        Assert.Null(Install(home.At("b.zip"), requireSigned: false).SignedBy);
    }

    [Fact]
    public void The_trust_file_may_ask_for_signatures_by_itself()
    {
        (new TrustFile() with { RequireSigned = true }).Write();
        Assert.Contains("it is not signed", Assert.Throws<PluginException>(
            () => Install(home.Fixture("NeedsLate"), requireSigned: false)).Message);
    }

    [Theory]
    [InlineData("\"version\": \"1.2.0\"", "\"version\": \"1.2.9\"")]
    [InlineData("\"contract\": \">=2.0 <3.0\"", "\"contract\": \">=2.0 <9.0\"")]
    [InlineData("\"kind\": \"metric\"", "\"kind\": \"tokenizer\"")]
    public void Changed_after_it_was_signed_it_is_refused_whether_signatures_are_asked_for_or_not(string was, string isNow)
    {
        var (key, pub) = home.Keys();
        Trust(pub);
        var zip = home.Pack(home.Fixture("NeedsLate"), key);
        using (var archive = ZipFile.Open(zip, ZipArchiveMode.Update))
        {
            var entry = archive.GetEntry("NeedsLate/plugin.json")!;
            string text;
            using (var reader = new StreamReader(entry.Open())) text = reader.ReadToEnd();
            Assert.Contains(was, text);
            entry.Delete();
            using var writer = new StreamWriter(archive.CreateEntry("NeedsLate/plugin.json").Open());
            writer.Write(text.Replace(was, isNow));
        }
        Assert.Contains("its signature does not match: it was changed after it was signed",
            Assert.Throws<PluginException>(() => Install(zip, requireSigned: false)).Message);
        Assert.Empty(home.Installed());
    }

    [Fact]
    public void Another_key_under_a_trusted_fingerprint_is_found_out()
    {
        var (key, pub) = home.Keys();
        var (mine, _) = home.Keys("mine");
        Trust(pub);
        var manifest = PluginPacker.Describe(home.Fixture("NeedsLate"), "1.0.0", [], mine);
        var forged = manifest with { Signature = manifest.Signature! with { Key = PluginSignature.ReadPublic(key).Fingerprint } };
        Assert.Null(TrustFile.Read().SignerOf(forged));
        Assert.Contains("does not match", TrustFile.Read().Refuse(forged, requireSigned: false));
    }

    [Fact]
    public void OpenSSL_agrees_with_what_is_signed()
    {
        if (!File.Exists("/usr/bin/openssl")) Assert.Skip("needs OpenSSL");
        var (key, pub) = home.Keys();
        var manifest = PluginPacker.Describe(home.Fixture("NeedsLate"), "1.0.0", [], key);
        File.WriteAllBytes(home.At("text"), manifest.Canonical());
        File.WriteAllBytes(home.At("signature"), Convert.FromBase64String(manifest.Signature!.Value));
        using var openssl = Process.Start(new ProcessStartInfo("/usr/bin/openssl",
            ["dgst", "-sha256", "-verify", pub, "-signature", home.At("signature"), home.At("text")])
        { RedirectStandardOutput = true })!;
        Assert.Equal("Verified OK\n", openssl.StandardOutput.ReadToEnd());
    }

    [Fact]
    public void Keys_of_other_kinds_are_refused_with_a_sentence()
    {
        using (var other = ECDsa.Create(ECCurve.NamedCurves.nistP384))
            File.WriteAllText(home.At("p384.pem"), other.ExportPkcs8PrivateKeyPem());
        using (var rsa = RSA.Create(2048)) File.WriteAllText(home.At("rsa.pem"), rsa.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(home.At("text.pem"), "no key");
        var (_, pub) = home.Keys();
        var source = home.Fixture("NeedsLate");
        foreach (var (file, why) in ((string, string)[])[("p384.pem", "another curve than P-256"), ("rsa.pem", "holds no private key"),
            ("text.pem", "holds no private key"), (pub, "holds no private key"), ("nowhere.pem", "cannot be read")])
            Assert.Contains(why, Assert.Throws<DataException>(() => PluginPacker.Describe(source, "1.0.0", [], home.At(file))).Message);
    }

    [Fact]
    public void A_damaged_trust_file_is_told_and_nothing_installed()
    {
        new TrustFile().Write();
        File.WriteAllText(TrustFile.Path, "{ \"keys\": [ {} ] }");
        Assert.Contains("trust.json", Assert.Throws<DataException>(() => Install(home.Fixture("NeedsLate"), requireSigned: false)).Message);
    }

    private static void Trust(string pub)
    {
        var (fingerprint, pem) = PluginSignature.ReadPublic(pub);
        new TrustFile { Keys = [new("the lab", fingerprint, pem)] }.Write();
    }

    private Installation Install(string source, bool requireSigned) =>
        home.Install(source, requireSigned);

    private string Refused(string source) => Assert.Throws<PluginException>(() => Install(source, requireSigned: true)).Message;
}
