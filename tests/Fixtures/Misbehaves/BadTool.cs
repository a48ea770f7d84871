namespace PluginHost.Fixtures;

public enum Act { None, Exits, Thread, ThrowsOnThread, Noise, Cancels, NeverEnds, HangsAtExit }

/// <summary>Does what it should not.</summary>
internal sealed class BadTool(Act act) : ITool
{
    public async Task<int> RunAsync(ToolContext tool, CancellationToken cancellation)
    {
        tool.Output.WriteLine("result");
        switch (act)
        {
            case Act.Exits: Environment.Exit(0); break;
            case Act.Thread: new Thread(() => Thread.Sleep(Timeout.Infinite)) { IsBackground = false }.Start(); break;
            case Act.ThrowsOnThread:
                new Thread(() => throw new InvalidOperationException("nobody watches")).Start();
                await Task.Delay(TimeSpan.FromMinutes(1), CancellationToken.None);
                break;
            case Act.Noise: Console.WriteLine("NOISE of the tool"); break;
            case Act.Cancels: throw new OperationCanceledException("nobody asked for it");
            case Act.NeverEnds: while (true) Thread.Sleep(10);
            case Act.HangsAtExit:
                AppDomain.CurrentDomain.ProcessExit += (_, _) => Thread.Sleep(Timeout.Infinite);
                while (true) Thread.Sleep(10);
        }
        return 0;
    }
}
