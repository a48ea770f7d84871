using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PluginHost.Benchmarks;

/// <summary>
/// A process that does the same work, one request a line, one answer a line, so that all sides are measured in the same minutes.
/// </summary>
internal class Child : IDisposable
{
    private readonly Process process;
    private readonly string ended;

    /// <param name="start">The program.</param>
    /// <param name="ended">What to say where it ends without an answer.</param>
    /// <exception cref="PeerMissingException">It does not start.</exception>
    public Child(ProcessStartInfo start, string ended)
    {
        this.ended = ended;
        start.RedirectStandardInput = start.RedirectStandardOutput = true;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new PeerMissingException(ended);
        }
    }

    /// <summary>Sends a request and waits for its answer.</summary>
    public JsonNode Ask(object request) => Send(JsonSerializer.Serialize(request));

    /// <summary>Sends a request and waits for its answer.</summary>
    public JsonNode Ask(StepRequest request) => Send(request.Write());

    private JsonNode Send(string request)
    {
        try
        {
            process.StandardInput.WriteLine(request);
            process.StandardInput.Flush();
        }
        catch (IOException)
        {
            // It has ended: the empty answer tells.
        }

        // Some print empty lines in the place of a progress bar.
        string line;
        do line = process.StandardOutput.ReadLine() ?? throw new PeerMissingException(ended);
        while (line.Length == 0);
        return JsonNode.Parse(line)!;
    }

    public void Dispose()
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended already.
        }

        process.WaitForExit();
        process.Dispose();
    }
}
