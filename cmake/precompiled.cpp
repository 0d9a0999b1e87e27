// Nothing: what is wanted of this file's targets is the precompiled header (precompiled.cmake).
int main() {}
