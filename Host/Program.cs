using System;
Console.Error.WriteLine("host: not built yet");
