using ProvingLayer.Cli.Shell;

return await Tool.RunAsync(args, Console.Out, Console.Error).ConfigureAwait(false);
