using TypedApp;

return args switch
{
    ["write", var folder] => Writer.Write(folder),
    ["exercise", var folder] => await Writer.Exercise(folder),
    ["verify", var folder, var key] => Stranger.Verify(folder, key),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("write FOLDER | exercise FOLDER | verify FOLDER KEY");
    return 2;
}
